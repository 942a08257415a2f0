import { list as run } from "../../calls/list";
import { onDisk } from "../disk-host";

/** `list [PATH…]` on the disk, as `calls/list` says. */
export const list = onDisk(run);
