import { describe, expect, it } from "vitest";
import { toNodes, toText } from "./text";

function text(markup: string): string {
  const box = document.createElement("div");
  box.innerHTML = markup;
  return toText(box);
}

function html(plain: string): string {
  const box = document.createElement("div");
  box.append(toNodes(plain));
  return box.innerHTML;
}

describe("toText", () => {
  it("keeps lines, lists, quotes and links", () => {
    expect(text("<div>One</div><div><br></div><div><br></div><div>Two&nbsp; wide</div>")).toBe("One\n\n\nTwo  wide\n");
    expect(text(`<ol start="3"><li>three<ul><li>deep</li></ul></li><li>four</li></ol>`)).toBe("3. three\n  - deep\n4. four\n");
    expect(text("<blockquote><div>a</div><blockquote><div>b</div></blockquote></blockquote>")).toBe("> a\n> > b\n");
    expect(text(`see <a href="https://x.example/y">this</a> and <a href="https://x.example/">x.example</a>`)).toBe(
      "see this <https://x.example/y> and x.example\n",
    );
    expect(text("<div>-- </div><div>Alice</div>")).toBe("-- \nAlice\n");
    expect(text("<pre>a\n  b</pre>")).toBe("a\n  b\n");
  });
});

describe("toNodes", () => {
  it("says the same", () => {
    for (const plain of ["One\n\n\nTwo\n", "> a\n> > b\n> c\nd\n", "  two  spaces <b>&\n", "On Monday:\n> x\n\ny\n"]) {
      expect(text(html(plain))).toBe(plain);
    }
  });

  it("nests quotes", () => {
    expect(html("> a\n>> b\nc")).toBe(
      `<blockquote type="cite"><div>a</div><blockquote type="cite"><div>b</div></blockquote></blockquote><div>c</div>`,
    );
  });
});
