/** How long a store has for each part of a write. */
export const WRITE_MS = 10_000
export const READ_BACK_MS = 10_000
export const LOOK_AGAIN_MS = 5_000

/** How long whoever writes may be at it: longer than all of that. Then somebody else may settle it. */
export const WRITING_SECONDS = (WRITE_MS + READ_BACK_MS + LOOK_AGAIN_MS) / 1000 + 5

/** How long a store has to take a copy away, or to bring it back. */
export const REMOVE_MS = 10_000

/** How long whoever does so may be at it. */
export const REMOVING_SECONDS = REMOVE_MS / 1000 + 20
