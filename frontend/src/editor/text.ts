const BLOCKS = new Set("address blockquote div dl dt dd h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody thead tfoot tr ul".split(" "));
const APART = new Set("h1 h2 h3 h4 h5 h6 p table".split(" "));

function bare(url: string): string {
  return url.replace(/^(?:https?:\/\/|mailto:|tel:)/i, "").replace(/\/$/, "").toLowerCase();
}

/** Lines with their marks; as the server does it when the letter goes out. */
class Lines {
  private out = "";
  private line = "";
  private space = false;
  private blanks = 0;
  private apart = false;
  private quotes = 0;
  private mark = "";
  private lists: number[] = [];

  text(): string {
    this.block(false);
    return this.out;
  }

  private block(apart: boolean): void {
    if (this.line.trim()) {
      this.flush();
    }
    this.line = "";
    this.space = false;
    this.apart ||= apart;
  }

  private flush(): void {
    const marks = "> ".repeat(this.quotes);
    for (let blank = Math.max(this.blanks, this.apart ? 1 : 0); blank > 0 && this.out; blank--) {
      this.out += `${marks.trimEnd()}\n`;
    }
    const words = this.line.trimEnd();
    this.out += `${(marks + (words === "--" ? "-- " : words)).replace(/^\s+$/, "")}\n`;
    this.line = "";
    this.space = false;
    this.blanks = 0;
    this.apart = false;
    this.mark = "";
  }

  private words(text: string): void {
    for (const c of text.replace(/[ \t\r\n\f]+/g, " ").replace(/\u200b/g, "")) {
      if (c === " ") {
        this.space = !!this.line;
        continue;
      }
      this.line += (this.line ? (this.space ? " " : "") : this.mark) + (c === "\u00a0" ? " " : c);
      this.space = false;
    }
  }

  private preformatted(text: string): void {
    text.split("\n").forEach((part, i) => {
      if (i) {
        this.breakLine();
      }
      this.line += part;
    });
  }

  private breakLine(): void {
    if (this.line.trim()) {
      this.flush();
    } else {
      this.line = "";
      this.blanks++;
    }
  }

  walk(parent: Node, pre: boolean): void {
    for (const node of parent.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        if (pre) {
          this.preformatted(node.nodeValue ?? "");
        } else {
          this.words(node.nodeValue ?? "");
        }
      } else if (node instanceof HTMLElement) {
        this.element(node, pre);
      }
    }
  }

  private element(element: HTMLElement, pre: boolean): void {
    const name = element.localName;
    if (name === "br") {
      this.breakLine();
      return;
    }
    if (name === "img") {
      this.words(element.getAttribute("alt") ?? "");
      return;
    }
    const block = BLOCKS.has(name);
    if (block) {
      this.block(APART.has(name));
    }
    const start = this.line.length;
    if (name === "hr") {
      this.words("----");
    } else if (name === "blockquote") {
      this.quotes++;
    } else if (name === "ol" || name === "ul") {
      this.lists.push(name === "ol" ? Math.max(1, Number(element.getAttribute("start")) || 1) : 0);
    } else if (name === "li") {
      const number = this.lists.at(-1) ?? 0;
      this.mark = "  ".repeat(Math.max(0, this.lists.length - 1)) + (number ? `${number}. ` : "- ");
      if (number) {
        this.lists[this.lists.length - 1] = number + 1;
      }
    }
    this.walk(element, pre || name === "pre");
    if (name === "a") {
      const href = element.getAttribute("href") ?? "";
      const shown = this.line.slice(Math.min(start, this.line.length)).trim();
      if (href && shown && bare(shown) !== bare(href)) {
        this.words(` <${href}>`);
      }
    } else if (name === "td" || name === "th") {
      this.words(" ");
    }
    if (block) {
      this.block(APART.has(name));
    }
    if (name === "blockquote") {
      this.quotes--;
    } else if (name === "ol" || name === "ul") {
      this.lists.pop();
    }
  }
}

/** What is written as plain text: quotes with `> `, lists with their marks, links with their targets. */
export function toText(root: Node): string {
  const lines = new Lines();
  lines.walk(root, false);
  return lines.text();
}

/** A plain text as nodes: a box for each line, quoted lines in quotes. */
export function toNodes(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  if (lines.at(-1) === "" && lines.length > 1) {
    lines.pop();
  }
  const open: Node[] = [fragment];
  for (const line of lines) {
    const [, marks = "", words = ""] = /^((?:> ?)*)(.*)$/.exec(line) ?? [];
    const depth = Math.min(marks.replaceAll(" ", "").length, 30);
    open.length = Math.min(open.length, depth + 1);
    while (open.length <= depth) {
      const quote = document.createElement("blockquote");
      quote.setAttribute("type", "cite");
      open.push(open.at(-1)!.appendChild(quote));
    }
    const box = document.createElement("div");
    const shown = words.replace(/\t/g, "    ").replace(/^ | $| (?= )/g, "\u00a0");
    box.append(shown ? document.createTextNode(shown) : document.createElement("br"));
    open.at(-1)!.appendChild(box);
  }
  return fragment;
}
