// Makes `<select data-autocomplete>` one to type in. The select stays the field that is sent.
export async function enhanceSelects() {
  const selects = document.querySelectorAll("select[data-autocomplete]");
  if (selects.length === 0) return;
  await import("./accessible-autocomplete.min.js");
  selects.forEach(enhance);
}

function enhance(select) {
  const words = select.dataset;
  const hints = select.getAttribute("aria-describedby");
  const id = select.id;
  window.accessibleAutocomplete.enhanceSelectElement({
    selectElement: select,
    defaultValue: select.value ? select.options[select.selectedIndex].text : "",
    autoselect: false,
    confirmOnBlur: false,
    preserveNullOptions: false,
    tNoResults: () => words.noResults,
    tAssistiveHint: () => words.help,
    tStatusNoResults: () => words.noResults,
    tStatusSelectedOption: (name, count, place) =>
      words.highlighted.replace("%{name}", name).replace("%{number}", place + 1).replace("%{count}", count),
    tStatusResults: (count, highlighted) =>
      [count === 1 ? words.oneResult : words.results.replace("%{count}", count), highlighted].filter(Boolean).join(". "),
  });
  const input = document.getElementById(id);
  if (hints) input.setAttribute("aria-describedby", `${hints} ${input.getAttribute("aria-describedby") ?? ""}`.trim());
  input.addEventListener("input", () => keep(select, input.value));
  input.addEventListener("blur", () => keep(select, input.value));
}

// What is sent must be what is seen: words that name no option choose none.
function keep(select, typed) {
  const wanted = typed.trim().toLowerCase();
  const option = [...select.options].find((each) => each.value && each.text.trim().toLowerCase() === wanted);
  select.value = option ? option.value : "";
}
