import { recover as run } from "../../calls/recover";
import { onDisk } from "../disk-host";

/** `recover [FOLDER]` on the disk, as `calls/recover` says. */
export const recover = onDisk(run);
