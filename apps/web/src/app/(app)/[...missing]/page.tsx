import { notFound } from "next/navigation";

/** Unknown addresses get the 404 page inside the shell. */
export default function MissingPage(): never {
  notFound();
}
