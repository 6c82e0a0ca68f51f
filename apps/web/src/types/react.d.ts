import "react";

declare module "react" {
  interface InputHTMLAttributes<T> {
    /** Choosing folders; every browser has it, React's types do not. */
    webkitdirectory?: T extends HTMLInputElement ? string : never;
  }
}
