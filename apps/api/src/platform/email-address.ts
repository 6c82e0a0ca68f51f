import { z } from "zod";

/**
 * An address as browsers take it in a field of type "email" (HTML Living
 * Standard, 4.10.5.1.5): also of hosts inside a hospital's network, such as
 * `ward@pacs` or `staff@demo.lung-iris`, which zod's own check refuses.
 */
export const emailAddress = z.email({ pattern: z.regexes.html5Email });
