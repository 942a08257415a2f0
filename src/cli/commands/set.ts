import { set as run } from "../../calls/set";
import { onDisk } from "../disk-host";

/** `set ID FIELD=VALUE…` on the disk, as `calls/set` says. */
export const set = onDisk(run);
