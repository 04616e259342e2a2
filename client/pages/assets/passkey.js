// A module, so that its names are its own. Asks the device for a passkey and puts what it answers into the form, which is then sent
// like any other. Without it the form stays hidden, and password and code are there.
const { document, location, fetch, navigator, atob, btoa, PublicKeyCredential, URLSearchParams, FormData } = globalThis;

const bytesOf = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
const textOf = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const withIds = (list = []) => list.map((one) => ({ ...one, id: bytesOf(one.id) }));

/** What a device is asked, from what the server sent as JSON. */
const asked = {
  create: (options) =>
    navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytesOf(options.challenge),
        user: { ...options.user, id: bytesOf(options.user.id) },
        excludeCredentials: withIds(options.excludeCredentials),
      },
    }),
  get: (options) =>
    navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: bytesOf(options.challenge),
        allowCredentials: withIds(options.allowCredentials),
      },
    }),
};

/** What the device answered, as JSON (WebAuthn level 3, `toJSON`): older browsers do not write it themselves. */
function told({ id, type, response, authenticatorAttachment, getClientExtensionResults }, credential) {
  const kept = {};
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'])
    if (response[name]) kept[name] = textOf(response[name]);
  if (response.getTransports) kept.transports = response.getTransports();
  const clientExtensionResults = getClientExtensionResults.call(credential);
  return { id, rawId: id, type, response: kept, authenticatorAttachment, clientExtensionResults };
}

async function ask(form) {
  const body = new URLSearchParams({ seal: new FormData(form).get('seal') });
  const answer = await fetch(form.dataset.options, { method: 'POST', body });
  const options = await answer.json();
  if (!answer.ok) throw new Error(options.message);
  let credential;
  try {
    credential = await asked[form.dataset.passkey](options);
  } catch (error) {
    const isKnown = error.name === 'InvalidStateError';
    throw new Error(isKnown ? '这台设备已经添加过了。' : '没有完成：设备没有验证，或者等得太久。请再来一次。', {
      cause: error,
    });
  }
  form.elements.credential.value = JSON.stringify(told(credential, credential));
  form.submit();
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!PublicKeyCredential || location.origin !== form.dataset.origin) continue;
  form.hidden = false;
  form.nextElementSibling?.matches('[data-without-passkey]') && form.nextElementSibling.remove();
  const button = form.querySelector('button');
  const said = form.querySelector('[role=alert]');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    button.disabled = true;
    said.textContent = '';
    ask(form)
      .catch((error) => (said.textContent = error.message))
      .finally(() => (button.disabled = false));
  });
}
