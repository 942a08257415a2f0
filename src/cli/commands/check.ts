import { check as run } from "../../calls/check";
import { onDisk } from "../disk-host";

/** `check [PATH…]` on the disk, as `calls/check` says. */
export const check = onDisk(run);
