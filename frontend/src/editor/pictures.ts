const PATH = "compose/files/";

function idOf(source: string): string {
  return /compose\/files\/([0-9a-f]{32})$/.exec(source)?.[1] ?? "";
}

/**
 * Rows of files that stand in the text are not shown a second time. When a picture is taken out of the text its file goes too, and
 * comes back with it when that is undone.
 */
export class Pictures {
  private readonly away = new Map<string, HTMLElement>();

  constructor(
    private readonly form: HTMLFormElement,
    private readonly list: Element,
    private readonly root: HTMLElement,
  ) {
    const quoted = form.querySelector<HTMLTemplateElement>("template[data-pictures]");
    for (const row of quoted?.content.querySelectorAll<HTMLElement>("li.file") ?? []) {
      this.away.set(row.dataset["id"] ?? "", document.importNode(row, true));
    }
  }

  /** @param rich whether the text with its pictures is what goes out */
  tidy(rich: boolean): void {
    const shown = new Set(rich ? [...this.root.querySelectorAll("img")].map((image) => idOf(image.getAttribute("src") ?? "")) : []);
    for (const [id, row] of this.away) {
      if (shown.has(id)) {
        this.away.delete(id);
        this.list.append(row);
      }
    }
    for (const row of this.list.querySelectorAll<HTMLElement>("li.file[data-id]")) {
      const id = row.dataset["id"] ?? "";
      const inText = shown.has(id);
      if (inText) {
        row.dataset["inline"] = "";
      } else if (rich && row.dataset["inline"] !== undefined) {
        this.away.set(id, row);
        row.remove();
      }
      row.hidden = inText;
    }
  }

  /** Sends a picture up, and says where it is shown from. */
  add(file: File, shown: (source: string) => void): void {
    const done = (row: HTMLElement) => {
      const id = row.dataset["id"];
      if (id) {
        row.dataset["inline"] = "";
        shown(PATH + id);
      }
    };
    this.form.dispatchEvent(new CustomEvent("palomar:upload", { detail: { file, done } }));
  }
}

/** Pictures that can stand in a text. */
export function picturesOf(files: FileList | undefined | null): File[] {
  return [...(files ?? [])].filter((file) => /^image\/(?:png|jpeg|gif|webp)$/.test(file.type));
}

/** Whether what is pasted or dropped is a picture and not a piece of text that brings a picture of itself. */
export function isPicture(data: DataTransfer | null): boolean {
  if (!data || !picturesOf(data.files).length || picturesOf(data.files).length !== data.files.length) {
    return false;
  }
  const html = data.getData("text/html");
  return !html || !new DOMParser().parseFromString(html, "text/html").body.textContent?.trim();
}
