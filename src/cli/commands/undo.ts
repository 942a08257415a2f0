import { undo as run } from "../../calls/undo";
import { onDisk } from "../disk-host";

/** `undo [FOLDER]` on the disk, as `calls/undo` says. */
export const undo = onDisk(run);
