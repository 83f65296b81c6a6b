// Sends files as soon as they are chosen, with their progress, and shows the list anew. Without it the page's own
// button sends them. Nothing else on the page is sent or lost.
const LARGEST = 20 * 1024 * 1024;

export function enhanceDocuments() {
  document.querySelectorAll("[data-documents]").forEach(enhance);
}

function enhance(section) {
  const form = section.closest("form");
  const input = section.querySelector("input[type=file]");
  const button = section.querySelector("button[name=upload]");
  if (!form || !input || !button) return;
  button.remove();
  const queue = [];
  let sending = false;
  let pressed = null;
  // Continue waits until every file has arrived, and stays here where one was not taken.
  form.addEventListener("submit", (event) => {
    if (!sending) return;
    event.preventDefault();
    pressed = event.submitter;
  });
  input.addEventListener("change", async () => {
    queue.push(...input.files);
    input.value = ""; // or the form would send them a second time
    if (sending || queue.length === 0) return;
    sending = true;
    const failed = [];
    const problems = [];
    let tooLarge = false;
    while (queue.length) {
      const file = queue.shift();
      if (!(await send(section, form, input.name, file))) failed.push(file.name);
      const problem = section.querySelector("[data-documents-problems]");
      if (problem) problems.push(problem.innerHTML);
      tooLarge ||= file.size > LARGEST;
    }
    const shown = section.querySelector("[data-documents-problems]");
    if (shown) shown.innerHTML = problems.join("<br>");
    else section.querySelector("[data-documents-list]").prepend(...remembered(problems));
    sending = false;
    if (failed.length) say(section, section.dataset.failed, failed.join(", "));
    if (pressed && !tooLarge && failed.length + problems.length === 0) form.requestSubmit(pressed);
    pressed = null;
  });
  section.addEventListener("click", (event) => {
    const remove = event.target.closest("button[name=remove]");
    if (!remove) return;
    event.preventDefault();
    remove.disabled = true;
    post(section, form, { remove: remove.value }).then((done) => {
      if (!done) form.requestSubmit(remove);
      else input.focus();
    });
  });
}

function send(section, form, name, file) {
  if (file.size > LARGEST) {
    say(section, section.dataset.tooLarge, file.name);
    return Promise.resolve(true);
  }
  const before = count(section);
  return post(section, form, { upload: "1", [name]: file }, (percent) => {
    say(section, percent < 100 ? section.dataset.uploading : section.dataset.checking, file.name, percent);
  }).then((done) => {
    if (done) say(section, count(section) > before ? section.dataset.uploaded : "", file.name);
    return done;
  });
}

// What was said of one file must not be gone because the next was taken.
function remembered(problems) {
  if (problems.length === 0) return [];
  const paragraph = document.createElement("p");
  paragraph.className = "govuk-error-message";
  paragraph.dataset.documentsProblems = "";
  paragraph.innerHTML = problems.join("<br>");
  return [paragraph];
}

function count(section) {
  return section.querySelectorAll("button[name=remove]").length;
}

function post(section, form, fields, progress = () => {}) {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  data.append("fragment", "1");
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action || window.location.href);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(Math.round((100 * event.loaded) / event.total));
    });
    request.addEventListener("loadend", () => {
      const done = request.status === 200 && request.responseURL === (form.action || window.location.href).split("#")[0];
      if (done) section.querySelector("[data-documents-list]").innerHTML = request.responseText;
      resolve(done);
    });
    request.send(data);
  });
}

function say(section, words, name, percent = "") {
  const said = words.replace("{name}", name).replace("{percent}", percent);
  section.querySelector("[data-documents-progress]").textContent = said;
}
