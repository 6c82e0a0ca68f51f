/** The one file that may write Case and Reading rows. */
export const ONE_WRITER: string;
/** Options of ESLint's no-restricted-syntax that refuse every other writer. */
export const oneWriter: readonly { selector: string; message: string }[];
