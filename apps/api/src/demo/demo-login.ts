/** The one password of all demo users; shown on the sign-in page. */
export const DEMO_PASSWORD = "lung-iris-demo";
