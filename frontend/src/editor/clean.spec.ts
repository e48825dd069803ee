import { describe, expect, it } from "vitest";
import { clean } from "./clean";

function html(markup: string, ours = false): string {
  const box = document.createElement("div");
  box.append(clean(markup, ours));
  return box.innerHTML;
}

const PICTURE = `compose/files/${"0123456789abcdef".repeat(2)}`;

describe("clean", () => {
  it("keeps what letters are made of", () => {
    const markup = `<div>Hi <b>you</b> <a href="https://a.example/">there</a></div><ul><li>one</li></ul>`;
    expect(html(markup)).toBe(markup);
    expect(html(markup, true)).toBe(markup);
  });

  it("drops what runs, loads or asks", () => {
    for (const ours of [true, false]) {
      expect(html(`a<script>x</script><img src="https://x.example/i.png" alt="pic"><object data=x></object><style>b</style>b`, ours)).toBe("apicb");
      expect(html(`<a href="javascript:x" onclick="y">z</a>`, ours)).toBe("<a>z</a>");
      expect(html(`<svg><a>x</a></svg><b onmouseover=x>y</b><form><input name=a>z</form>`, ours)).toBe("<b>y</b>z");
    }
    expect(html(`<div style="background:url(https://x.example/)">x</div>`, true)).not.toContain("url(");
  });

  it("shows pictures of ours alone", () => {
    expect(html(`<img src="${PICTURE}" alt="roof">`)).toBe(`<img src="${PICTURE}" alt="roof">`);
    expect(html(`<img src="//x.example/${PICTURE}" alt="x">`, true)).toBe("x");
  });

  it("takes from Word the meaning, not the look", () => {
    const word = `<html xmlns:o="urn:x"><head><style>p.MsoNormal{margin:0}</style></head><body><!--StartFragment-->
      <p class="MsoNormal" style="margin:0cm"><b><span style="font-family:Calibri;color:red">Bold</span></b><o:p></o:p></p>
      <p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>  </span></span>one</p>
      <p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>  </span></span>two</p>
      <!--EndFragment--></body></html>`;
    expect(html(word).replace(/\s+/g, " ").trim()).toBe("<p><b>Bold</b></p> <ul><li>one</li><li>two</li></ul>");
  });

  it("knows the bold of Google that is none", () => {
    expect(
      html(
        `<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-weight:700;font-size:11pt">x</span><span style="font-style:italic">y</span></p></b>`,
      ),
    ).toBe("<p><b>x</b><i>y</i></p>");
  });
});
