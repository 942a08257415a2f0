import { next as run } from "../../calls/next";
import { onDisk } from "../disk-host";

/** `next [FOLDER]` on the disk, as `calls/next` says. */
export const next = onDisk(run);
