import { promote as run } from "../../calls/promote";
import { onDisk } from "../disk-host";

/** `promote [FOLDER]` on the disk, as `calls/promote` says. */
export const promote = onDisk(run);
