import { csrfHeaders, whenShown } from "./page";
import { transfer, type Answer } from "./transfer";

function word(name: string): string {
  return document.getElementById("compose-words")?.dataset[name] ?? "";
}

/** A size in words, in the reader's language: 184 kB, 2.4 MB. */
export function sizeText(bytes: number, language: string): string {
  const [value, unit] = bytes < 1_000_000 ? [Math.max(bytes / 1000, 0.1), "kilobyte"] : [bytes / 1_000_000, "megabyte"];
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}

/** Files among what is being dragged; text and links are none of our business. */
export function hasFiles(transfer: Pick<DataTransfer, "types"> | null): boolean {
  return !!transfer && [...transfer.types].includes("Files");
}

function waitingRow(file: File, stop: () => void): { row: HTMLElement; bar: HTMLProgressElement; note: HTMLElement } {
  const row = document.createElement("li");
  row.className = "file is-sending";
  const body = document.createElement("div");
  body.className = "grow";
  const name = document.createElement("div");
  name.className = "cut";
  name.dir = "auto";
  name.textContent = file.name;
  const note = document.createElement("div");
  note.className = "hush num";
  note.textContent = sizeText(file.size, document.documentElement.lang);
  const bar = document.createElement("progress");
  bar.className = "meter";
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  body.append(name, note, bar);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-icon";
  button.textContent = "×";
  button.title = word("uploadStop");
  button.setAttribute("aria-label", `${word("uploadStop")} ${file.name}`);
  button.addEventListener("click", stop);
  row.append(body, button);
  return { row, bar, note };
}

function randomId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}

/** Octets of the files that are there or under way. */
function taken(list: Element): number {
  return [...list.querySelectorAll<HTMLElement>("[data-octets]")].reduce((sum, row) => sum + Number(row.dataset["octets"]), 0);
}

/** @param done told of the row once the file is up */
function send(form: HTMLFormElement, list: Element, file: File, done?: (row: HTMLElement) => void): void {
  const url = form.dataset["uploadUrl"];
  if (!url) {
    return;
  }
  const id = randomId();
  let request: XMLHttpRequest | null = null;
  const { row, bar, note } = waitingRow(file, () => {
    request?.abort();
    request = null;
    row.remove();
    settle(form);
  });
  const size = note.textContent;
  const fail = (text: string, again: boolean) => {
    row.classList.replace("is-sending", "is-failed");
    delete row.dataset["octets"];
    note.className = "fault";
    note.setAttribute("role", "alert");
    note.textContent = text || word("uploadFailed");
    bar.remove();
    if (again) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-quiet";
      button.textContent = word("uploadAgain");
      button.addEventListener("click", () => {
        button.remove();
        note.removeAttribute("role");
        note.after(bar);
        row.classList.replace("is-failed", "is-sending");
        void run();
      });
      note.after(button);
    }
    settle(form);
  };

  const post = (piece: Blob, offset: number, gone: (octets: number) => void) =>
    new Promise<Answer>((resolve) => {
      if (!row.isConnected) {
        resolve({ status: -1, text: "", received: null });
        return;
      }
      const asked = new XMLHttpRequest();
      request = asked;
      asked.upload.addEventListener("progress", (event) => gone(Math.min(event.loaded, piece.size)));
      asked.addEventListener("load", () => {
        const received = asked.getResponseHeader("Upload-Offset");
        resolve({ status: asked.status, text: said(asked), received: received === null ? null : Number(received) });
      });
      asked.addEventListener("error", () => resolve({ status: 0, text: "", received: null }));
      asked.open("POST", url);
      asked.setRequestHeader("HX-Request", "true");
      asked.setRequestHeader("HX-Request-Type", "partial");
      for (const [name, value] of Object.entries(csrfHeaders())) {
        asked.setRequestHeader(name, value);
      }
      const body = new FormData();
      body.append("transfer", id);
      body.append("offset", String(offset));
      body.append("size", String(file.size));
      body.append("attachments", new File([piece], file.name, { type: file.type }));
      asked.send(body);
    });

  const run = async () => {
    row.dataset["octets"] = String(file.size);
    settle(form);
    const answer = await transfer(file, {
      post,
      pause: (time) =>
        new Promise((go) => {
          const timer = window.setTimeout(go, time);
          window.addEventListener("online", () => (clearTimeout(timer), go()), { once: true });
        }),
      progress: (octets) => (bar.value = file.size ? (100 * octets) / file.size : 100),
      waiting: (yes) => {
        note.className = yes ? "hush" : "hush num";
        note.textContent = yes ? word("uploadWaiting") : size;
      },
    });
    const added = answer.status === 200 ? new DOMParser().parseFromString(answer.text, "text/html").querySelector("li.file") : null;
    if (!row.isConnected) {
      return;
    }
    if (!(added instanceof HTMLElement)) {
      fail(answer.status === 413 ? word("uploadTooLarge") : answer.status === 200 ? "" : faultText(answer.text), answer.status !== 422);
      return;
    }
    const ready = document.importNode(added, true);
    ready.dataset["new"] = "";
    row.replaceWith(ready);
    settle(form);
    done?.(ready);
  };

  const most = Number(form.dataset["uploadMost"]);
  const tooLarge = most > 0 && taken(list) + file.size > most;
  list.append(row);
  if (tooLarge) {
    fail(word("uploadTooLarge"), false);
  } else {
    void run();
  }
}

/** What came back as a page; anything else is nothing to show. */
function said(request: XMLHttpRequest): string {
  const type = request.getResponseHeader("Content-Type") ?? "";
  return type.startsWith("text/html") ? request.responseText : "";
}

/** The server's own sentence, when it sent one. */
function faultText(html: string): string {
  return new DOMParser().parseFromString(html, "text/html").querySelector(".fault")?.textContent?.trim() ?? "";
}

/** A letter is not sent while files are under way: it would go without them. */
function settle(form: HTMLFormElement): void {
  const busy = form.querySelector(".file.is-sending") !== null;
  for (const button of form.querySelectorAll<HTMLButtonElement>("button[value='send']")) {
    button.disabled = busy;
  }
  form.querySelector<HTMLElement>("[data-waiting]")?.toggleAttribute("hidden", !busy);
}

function start(form: HTMLFormElement): void {
  const list = form.querySelector(".files");
  const input = form.querySelector<HTMLInputElement>("input[type='file'][name='attachments']");
  if (!list || !input) {
    return;
  }
  const sendAll = (files: FileList | null | undefined) => [...(files ?? [])].forEach((file) => send(form, list, file));

  input.addEventListener("change", () => {
    sendAll(input.files);
    input.value = "";
  });
  form.querySelector("[data-attach]")?.addEventListener("click", () => input.click());
  form.addEventListener("click", (event) => {
    const remove = (event.target as Element | null)?.closest<HTMLElement>("button[name='remove']");
    const row = remove?.closest(".file");
    if (row) {
      event.preventDefault();
      row.remove();
    }
  });
  form.addEventListener("dragover", (event) => {
    if (hasFiles(event.dataTransfer)) {
      event.preventDefault();
      form.classList.add("is-dropping");
    }
  });
  form.addEventListener("dragleave", (event) => {
    if (!(event.relatedTarget instanceof Node && form.contains(event.relatedTarget))) {
      form.classList.remove("is-dropping");
    }
  });
  form.addEventListener("drop", (event) => {
    form.classList.remove("is-dropping");
    if (hasFiles(event.dataTransfer)) {
      event.preventDefault();
      sendAll(event.dataTransfer?.files);
    }
  });
  // A picture for the text: it goes up like any file, and whoever asked is told where it is.
  form.addEventListener("palomar:upload", (event) => {
    const { file, done } = (event as CustomEvent<{ file: File; done: (row: HTMLElement) => void }>).detail;
    send(form, list, file, done);
  });
  form.addEventListener("paste", (event) => {
    if (event.clipboardData?.files.length && form.dataset["pasting"] === undefined) {
      event.preventDefault();
      sendAll(event.clipboardData.files);
    }
  });
}

export function startUploads(): void {
  whenShown<HTMLFormElement>("form[data-upload-url]", start);
}
