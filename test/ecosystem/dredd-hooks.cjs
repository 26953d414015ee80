// Read by Dredd, which gives the module `hooks` to it: each response is asked for as Prism's users do.
const hooks = require('hooks');

const asked = new Set();
hooks.beforeEach((transaction, done) => {
  const { statusCode } = transaction.expected;
  transaction.request.headers.Authorization = 'Bearer test';
  transaction.request.headers.Prefer = `code=${statusCode}`;
  // Dredd takes `default` for one more 200.
  transaction.skip = asked.has(statusCode);
  asked.add(statusCode);
  done();
});
