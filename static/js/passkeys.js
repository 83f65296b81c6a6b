// Asks the browser for a passkey, and sends its answer with the form. Pages say what else can be done without one.
export function enhancePasskeys() {
  if (!window.PublicKeyCredential) return;
  document.querySelectorAll("form[data-passkey]").forEach(enhance);
}

function enhance(form) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      form.elements.credential.value = JSON.stringify(await answer(form));
    } catch {
      // Nobody touched the key, or it is not theirs: the page stays as it is, and says so.
      const problem = form.querySelector("[data-passkey-problem]");
      problem.textContent = problem.dataset.words;
      form.querySelector("button").disabled = false;
      return;
    }
    form.submit();
  });
}

async function answer(form) {
  const asked = await question(form);
  const credential =
    form.dataset.passkey === "make"
      ? await navigator.credentials.create({ publicKey: opened(asked.publicKey) })
      : await navigator.credentials.get({ publicKey: opened(asked.publicKey) });
  const { response } = credential;
  const sent = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) sent[name] = text(response[name]);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: sent,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function question(form) {
  if (form.dataset.question) return JSON.parse(document.getElementById(form.dataset.question).textContent);
  return (await fetch(form.action, { headers: { Accept: "application/json" } })).json();
}

function opened(asked) {
  const listed = (ids) => (ids || []).map((each) => ({ ...each, id: bytes(each.id) }));
  const result = { ...asked, challenge: bytes(asked.challenge) };
  if (asked.user) result.user = { ...asked.user, id: bytes(asked.user.id) };
  if (asked.allowCredentials) result.allowCredentials = listed(asked.allowCredentials);
  if (asked.excludeCredentials) result.excludeCredentials = listed(asked.excludeCredentials);
  return result;
}

function bytes(words) {
  const plain = atob(words.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.codePointAt(0));
}

function text(buffer) {
  const plain = String.fromCodePoint(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
