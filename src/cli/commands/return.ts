import { returnTask as run } from "../../calls/return";
import { onDisk } from "../disk-host";

/** `return ID` on the disk, as `calls/return` says. */
export const returnTask = onDisk(run);
