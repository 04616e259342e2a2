// A module, so that its names are its own. Sends files one by one while the person fills in the rest, goes on where a broken line left off, and says how far it is. Without
// it the form carries the files itself.
const { document, tus } = globalThis;

const form = document.querySelector('form[data-uploads]');
const input = form?.querySelector('input[type=file]');
const list = form?.querySelector('.uploads');
const button = form?.querySelector('button[type=submit]');
const pieceBytes = 4 * 1024 * 1024;
/** A line that is away for a quarter of an hour is waited for. */
const retryAfterMs = [0, 1_000, 3_000, 5_000, 10_000, ...Array(90).fill(10_000)];

function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}

function settle() {
  const waiting = list.querySelectorAll('[data-state=under-way]').length;
  const there = list.querySelectorAll('input[name=upload]').length;
  button.disabled = waiting > 0;
  input.required = there === 0 && waiting === 0;
}

function send(file) {
  const row = element('li');
  row.dataset.state = 'under-way';
  const bar = element('progress', { max: 1, value: 0 });
  bar.setAttribute('aria-label', file.name);
  const said = element('span', { className: 'note', textContent: '正在上传' });
  const drop = element('button', { type: 'button', className: 'button', textContent: '不交这个' });
  row.append(element('span', { textContent: file.name }), bar, said, drop);
  list.append(row);
  const upload = new tus.Upload(file, {
    endpoint: form.dataset.uploads,
    chunkSize: pieceBytes,
    retryDelays: retryAfterMs,
    removeFingerprintOnSuccess: true,
    metadata: { filename: file.name, filetype: file.type },
    onShouldRetry: (error) => {
      const status = error.originalResponse?.getStatus() ?? 0;
      said.textContent = '连接断了，接上后继续';
      return status === 0 || status >= 500 || status === 409 || status === 423;
    },
    onProgress: (sent, all) => {
      bar.value = all === 0 ? 1 : sent / all;
      said.textContent = `${Math.floor((100 * sent) / Math.max(all, 1))}%`;
    },
    onError: (error) => {
      const refused = error.originalResponse?.getBody();
      row.dataset.state = 'failed';
      said.textContent = `没有传上：${refused || '连接中断，请重新选择这个文件，会从断处继续'}`;
      settle();
    },
    onSuccess: () => {
      row.dataset.state = 'there';
      bar.remove();
      said.textContent = '已传到，确认后才算交';
      row.append(element('input', { type: 'hidden', name: 'upload', value: upload.url.split('/').pop() }));
      settle();
    },
  });
  drop.addEventListener('click', () => {
    upload.abort(true).catch(() => undefined);
    row.remove();
    settle();
    input.focus();
  });
  upload.findPreviousUploads().then(([earlier]) => {
    if (earlier) upload.resumeFromPreviousUpload(earlier);
    upload.start();
  });
}

if (form && input && list && button && tus?.isSupported) {
  const take = (files) => {
    for (const file of files) send(file);
    input.value = ''; // or the form would carry them a second time
    settle();
  };
  input.addEventListener('change', () => take([...input.files]));
  const field = input.closest('.drop');
  for (const kind of ['dragover', 'dragleave', 'drop'])
    field.addEventListener(kind, (event) => {
      event.preventDefault();
      field.classList.toggle('over', kind === 'dragover');
      if (kind === 'drop') take([...event.dataTransfer.files]);
    });
  settle();
}
