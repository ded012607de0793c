/** Full of weaknesses, on purpose: scanners are tried on it. Nothing runs it. */
const { exec } = require('node:child_process');
const { readFileSync } = require('node:fs');

exports.upload = (name) => {
  exec(`curl --upload-file ${name} https://backup.example.com`);
  return readFileSync(name, 'utf8').match(/^(a+)+$/);
};
