// Read by Dredd, which gives the module `hooks` to it: each response is asked for as Prism's users do.
const hooks = require('hooks');

hooks.beforeEach((transaction, done) => {
  transaction.request.headers.Authorization = 'Bearer test';
  transaction.request.headers.Prefer = `code=${transaction.expected.statusCode}`;
  done();
});
