// The shop front's cart view.
import { h } from 'preact'

export function cart(props: { locale: string }) {
  return h('section', { class: 'cart', lang: props.locale })
}
