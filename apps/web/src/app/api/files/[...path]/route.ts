import type { NextRequest } from "next/server";
import { passToApi } from "../../../../lib/api-proxy.ts";

/** The only folders of the API that a browser may fetch files from. */
const FOLDERS = [
  "images",
  "cases",
  "datasets",
  "audit",
  "reports",
  "preliminary",
];

export async function GET(
  request: NextRequest,
  { params }: { params: Promise<{ path: string[] }> },
): Promise<Response> {
  const { path } = await params;
  const isAllowed =
    FOLDERS.includes(path[0] ?? "") &&
    path.every((part) => /^[\w-][\w.-]*$/.test(part));
  if (!isAllowed) {
    const error = { code: "NOT_FOUND", message: "There is no such file." };
    return Response.json({ error }, { status: 404 });
  }
  return passToApi(request, `/${path.join("/")}`, "rest");
}
