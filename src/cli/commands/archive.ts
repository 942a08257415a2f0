import { archive as run } from "../../calls/archive";
import { onDisk } from "../disk-host";

/** `archive [FOLDER]` on the disk, as `calls/archive` says. */
export const archive = onDisk(run);
