// The shop front's main view.
import { h } from 'preact'

export function main(props: { locale: string }) {
  return h('section', { class: 'main', lang: props.locale })
}
