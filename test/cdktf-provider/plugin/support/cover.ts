/** Stands for a validator so big that it is loaded when it is needed. */
export const isColour = (word: string): boolean => ['red', 'green', 'blue'].includes(word)
