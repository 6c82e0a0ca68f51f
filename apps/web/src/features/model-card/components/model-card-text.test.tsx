import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { ModelCardText } from "./model-card-text.tsx";

const html = (markdown: string) =>
  renderToStaticMarkup(<ModelCardText markdown={markdown} />);

describe("the model card", () => {
  it("reads headings below the page's own, lists and tables", () => {
    const text = html("# Card\n\n- one\n\n| a | b |\n|---|---|\n| 1 | 2 |\n");
    expect(text).toMatch(/<h3[^>]*>Card<\/h3>/);
    expect(text).toContain("<li>one</li>");
    expect(text).toMatch(/<td[^>]*>2<\/td>/);
  });

  it("shows HTML as letters and never as HTML", () => {
    const text = html(
      'Hi <script>alert(1)</script> <img src="x" onerror="alert(1)"> there\n\n<iframe src="https://example.org"></iframe>\n',
    );
    expect(text).not.toMatch(/<(script|img|iframe)/);
    expect(text).toContain("there");
  });

  it("links to other sites only, and loads no picture", () => {
    const text = html(
      "[a](https://example.org) [b](javascript:alert(1)) [c](docs/x.md) ![seen](https://example.org/p.png)",
    );
    expect(text.match(/<a /g)).toHaveLength(1);
    expect(text).toContain('href="https://example.org"');
    expect(text).toContain('rel="noopener noreferrer"');
    expect(text).not.toMatch(/javascript:|<img/);
    expect(text).toContain("<em>seen</em>");
  });
});
