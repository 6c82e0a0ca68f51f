/** Id of the committed model; `npm run train` writes folders beside it. */
export const DEFAULT_MODEL = "lung-iris-3";
