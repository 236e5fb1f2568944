import Panzoom, { type PanzoomObject } from '@panzoom/panzoom'
import { useEffect, useRef } from 'react'

const MAX_SCALE = 6
/** What one press of the key shows. */
const CLOSE_SCALE = 2.5
const PAN_PX = 40
const MOVES: Readonly<Record<string, [x: number, y: number]>> = {
  ArrowLeft: [PAN_PX, 0],
  ArrowRight: [-PAN_PX, 0],
  ArrowUp: [0, PAN_PX],
  ArrowDown: [0, -PAN_PX],
}

/** What can be done to pictures that are zoomed as one. */
export interface Zoom {
  /** For the element whose content is zoomed; the one around it hides what is outside. */
  attach: (element: HTMLElement | null) => (() => void) | undefined
  zoomIn: () => void
  zoomOut: () => void
  reset: () => void
  /** Close, or whole again. */
  toggle: () => void
  /** Moves what is zoomed; true when the key meant that. */
  move: (key: string) => boolean
}

/** Pictures that are zoomed and moved together: what is done to one is done to all of them. */
export function useZoomTogether(): Zoom {
  const all = useRef(new Set<PanzoomObject>())
  const first = () => [...all.current][0]
  const attach = useRef((element: HTMLElement | null) => {
    if (!element) return undefined
    const { current } = all
    const zoom = Panzoom(element, {
      ...{ maxScale: MAX_SCALE, minScale: 1, step: 0.4, contain: 'outside' },
      ...{ panOnlyWhenZoomed: true, touchAction: 'pan-y', cursor: 'zoom-in', animate: false },
    })
    current.add(zoom)
    const follow = () => {
      const { x, y } = zoom.getPan()
      const scale = zoom.getScale()
      for (const each of current) {
        // A page is scrolled by a finger on a picture that is whole.
        const isClose = scale > 1
        each.setOptions({
          touchAction: isClose ? 'none' : 'pan-y',
          cursor: isClose ? 'move' : 'zoom-in',
        })
        if (each === zoom) continue
        each.zoom(scale, { silent: true })
        // Measured anew once the zoom is drawn, which happens in a frame of its own.
        requestAnimationFrame(() => each.pan(x, y, { silent: true, force: true }))
      }
    }
    const parent = element.parentElement
    const wheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.metaKey) zoom.zoomWithWheel(event)
    }
    element.addEventListener('panzoomchange', follow)
    parent?.addEventListener('wheel', wheel, { passive: false })
    return () => {
      current.delete(zoom)
      zoom.destroy()
      element.removeEventListener('panzoomchange', follow)
      parent?.removeEventListener('wheel', wheel)
    }
  })
  useEffect(() => () => all.current.clear(), [])
  const isClose = () => (first()?.getScale() ?? 1) > 1
  return {
    attach: attach.current,
    zoomIn: () => first()?.zoomIn(),
    zoomOut: () => first()?.zoomOut(),
    reset: () => first()?.reset(),
    toggle: () => (isClose() ? first()?.reset() : first()?.zoom(CLOSE_SCALE)),
    move: (key) => {
      const by = MOVES[key]
      if (!by || !isClose()) return false
      first()?.pan(...by, { relative: true })
      return true
    },
  }
}
