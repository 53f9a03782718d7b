// What a steward's device keeps: the list of a gate until it is over, and what was noted until it
// has been sent. Keys on the list can be used and not be read.

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export async function open() {
  const opening = indexedDB.open("gates", 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore("lists", { keyPath: "id" });
    opening.result.createObjectStore("scans", { keyPath: "id" }).createIndex("gate", "gate");
  };
  const database = await asked(opening);
  const store = (name, mode = "readonly") => database.transaction(name, mode).objectStore(name);
  return {
    list: (gate) => asked(store("lists").get(gate)),
    keepList: (list) => asked(store("lists", "readwrite").put(list)),
    dropList: (gate) => asked(store("lists", "readwrite").delete(gate)),
    lists: () => asked(store("lists").getAll()),
    scans: (gate) => asked(store("scans").index("gate").getAll(gate)),
    keepScan: (scan) => asked(store("scans", "readwrite").put(scan)),
    dropScan: (id) => asked(store("scans", "readwrite").delete(id)),
  };
}
