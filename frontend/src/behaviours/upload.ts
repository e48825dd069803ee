import { csrfHeaders, whenShown, word } from "./page";

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

/** @param done told of the row once the file is up */
function send(form: HTMLFormElement, list: Element, file: File, done?: (row: HTMLElement) => void): void {
  const url = form.dataset["uploadUrl"];
  if (!url) {
    return;
  }
  const request = new XMLHttpRequest();
  const { row, bar, note } = waitingRow(file, () => {
    request.abort();
    row.remove();
    settle(form);
  });
  const fail = (text: string) => {
    row.classList.remove("is-sending");
    row.classList.add("is-failed");
    note.className = "fault";
    note.setAttribute("role", "alert");
    note.textContent = text || word("uploadFailed");
    bar.remove();
    settle(form);
  };
  list.append(row);

  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) {
      bar.value = (100 * event.loaded) / event.total;
    }
  });
  request.addEventListener("load", () => {
    if (request.status >= 200 && request.status < 300) {
      const answer = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("li.file");
      if (answer instanceof HTMLElement) {
        const added = document.importNode(answer, true);
        added.dataset["new"] = "";
        row.replaceWith(added);
        settle(form);
        done?.(added);
        return;
      }
    }
    fail(request.status === 413 ? word("uploadTooLarge") : faultText(request));
  });
  request.addEventListener("error", () => fail(""));
  request.open("POST", url);
  request.setRequestHeader("HX-Request", "true");
  request.setRequestHeader("HX-Request-Type", "partial");
  for (const [name, value] of Object.entries(csrfHeaders())) {
    request.setRequestHeader(name, value);
  }
  const body = new FormData();
  body.append("attachments", file, file.name);
  const id = form.elements.namedItem("id");
  if (id instanceof HTMLInputElement) {
    body.append("id", id.value);
  }
  request.send(body);
  settle(form);
}

/** The server's own sentence, when it sent one as plain text or inside `.fault`. */
function faultText(request: XMLHttpRequest): string {
  const type = request.getResponseHeader("Content-Type") ?? "";
  if (type.startsWith("text/plain")) {
    return request.responseText.slice(0, 300);
  }
  return new DOMParser().parseFromString(request.responseText, "text/html").querySelector(".fault")?.textContent?.trim() ?? "";
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
