// The offline page: back to the page one wanted as soon as there is a network.
window.addEventListener("online", () => location.reload());
