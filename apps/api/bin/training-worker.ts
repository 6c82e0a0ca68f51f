import "../src/trainer-main.ts";
