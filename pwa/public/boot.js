// Never a white screen: when the app's own files do not come (a deploy since the page was cached, a browser too
// old to read them) this tries once more past every cache, then says so. Plain ES5, because nothing else may run.
(function () {
  var KEY = "nuanfeng:tried-again";
  var PATIENCE_MS = 12000;
  var failed = false;

  function isEmpty() {
    var app = document.getElementById("app");
    return !app || !app.firstChild;
  }

  function reload() {
    var kept = location.search.replace(/[?&]fresh=\d+/, "").replace(/^\?/, "&");
    location.replace(location.pathname + "?fresh=" + new Date().getTime() + kept);
  }

  // Leaves what the rider has saved alone: only the kept copies of our own files go.
  function startClean() {
    var work = [];
    if (navigator.serviceWorker && window.caches && window.Promise) {
      work.push(
        navigator.serviceWorker.getRegistrations().then(function (all) {
          return Promise.all(
            all.map(function (one) {
              return one.unregister();
            }),
          );
        }),
        caches.keys().then(function (keys) {
          return Promise.all(
            keys.map(function (key) {
              return caches.delete(key);
            }),
          );
        }),
      );
      Promise.all(work).then(reload, reload);
    } else reload();
  }

  function say() {
    var app = document.getElementById("app");
    if (!app || app.firstChild) return;
    var text = document.createElement("p");
    var button = document.createElement("button");
    text.setAttribute("role", "alert");
    text.textContent = "页面没打开。先点下面再试一次；还不行，换手机自带的浏览器打开。";
    button.textContent = "再试一次 Try again";
    button.onclick = startClean;
    app.appendChild(text);
    app.appendChild(button);
  }

  function recover() {
    if (failed || !isEmpty()) return;
    failed = true;
    try {
      if (sessionStorage.getItem(KEY)) return say();
      sessionStorage.setItem(KEY, "1");
    } catch (_) {
      return say();
    }
    reload();
  }

  // Capturing, because errors of <script> and <link> do not bubble; syntax errors arrive here too.
  window.addEventListener(
    "error",
    function (event) {
      var source = event.target;
      var tag = source && source.tagName;
      if (!tag || tag === "SCRIPT" || (tag === "LINK" && source.rel === "stylesheet")) recover();
    },
    true,
  );

  setTimeout(function () {
    if (isEmpty()) return say();
    try {
      sessionStorage.removeItem(KEY);
    } catch (_) {
      // No session storage: nothing to forget.
    }
  }, PATIENCE_MS);
})();
