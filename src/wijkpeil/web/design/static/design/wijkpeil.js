// What a script adds to pages that work without one: a choice that is sent at once, and a link that is copied.
for (const form of document.querySelectorAll("form[data-at-once]")) {
  form.addEventListener("change", (event) => { if (event.target.matches("select")) form.requestSubmit(); });
}
for (const button of document.querySelectorAll("button[data-copies]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(new URL(button.dataset.copies || location.href, location.href).href);
    button.textContent = button.dataset.copied;
  });
}
