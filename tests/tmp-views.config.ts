import base from "./playwright.config.ts";
const { globalSetup: _g, ...rest } = base as any;
export default { ...rest, outputDir: "/tmp/views-pw", reporter: [["list"]] };
