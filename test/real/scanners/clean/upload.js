/** Does what its vulnerable twin does, without the weaknesses. */
const { execFile } = require('node:child_process');

exports.upload = () => execFile('curl', ['--upload-file', 'backup.tar', 'https://backup.example.com']);
