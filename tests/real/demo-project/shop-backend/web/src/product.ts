// The shop front's product view.
import { h } from 'preact'

export function product(props: { locale: string }) {
  return h('section', { class: 'product', lang: props.locale })
}
