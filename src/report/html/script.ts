/**
 * The only script of the page. Without it all is readable, and there are no buttons. It copies what is seen, and says that it has;
 * where a browser does not let it, it selects the text, so that one keystroke is left. On paper everything is unfolded.
 */
export const SCRIPT = `(() => {
  const said = document.getElementById('said')
  document.documentElement.classList.add('scripted')
  const select = (code) => {
    const range = document.createRange()
    range.selectNodeContents(code)
    const selection = getSelection()
    selection.removeAllRanges()
    selection.addRange(range)
  }
  const copy = async (code) => {
    try {
      await navigator.clipboard.writeText(code.textContent)
      return true
    } catch {
      select(code)
      return document.execCommand('copy')
    }
  }
  document.addEventListener('click', async ({ target }) => {
    const button = target.closest('button.copy')
    if (button === null) return
    const done = await copy(button.closest('figure').querySelector('code'))
    button.textContent = done ? 'Copied' : 'Selected'
    said.textContent = done ? 'Copied.' : 'Selected; copy it with the keyboard.'
    clearTimeout(button.timer)
    button.timer = setTimeout(() => {
      button.textContent = 'Copy'
      said.textContent = ''
    }, 2500)
  })
  let closed = []
  addEventListener('beforeprint', () => {
    closed = [...document.querySelectorAll('details:not([open])')]
    for (const one of closed) one.open = true
  })
  addEventListener('afterprint', () => {
    for (const one of closed) one.open = false
  })
})()`
