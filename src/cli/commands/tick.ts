import { tick as run } from "../../calls/tick";
import { onDisk } from "../disk-host";

/** `tick ID N` on the disk, as `calls/tick` says. */
export const tick = onDisk(run);
