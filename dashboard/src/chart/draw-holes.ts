import type uPlot from 'uplot'

/** Distance of the strokes, in CSS pixels. */
const STEP_PX = 7

/** Hatches the stretches of the time axis that nobody saw: a hole looks neither like 0 nor like a line. */
export function drawHoles(
  plot: Pick<uPlot, 'ctx' | 'bbox' | 'valToPos'>,
  holes: readonly { from: number; to: number }[],
  colour: string,
): void {
  const { ctx, bbox } = plot
  const bottom = bbox.top + bbox.height
  const ratio = globalThis.devicePixelRatio ?? 1
  const step = STEP_PX * ratio
  for (const { from, to } of holes) {
    const left = Math.max(bbox.left, plot.valToPos(from / 1000, 'x', true))
    const right = Math.min(bbox.left + bbox.width, plot.valToPos(to / 1000, 'x', true))
    if (right <= left) continue
    ctx.save()
    ctx.beginPath()
    ctx.rect(left, bbox.top, right - left, bbox.height)
    ctx.clip()
    ctx.beginPath()
    // Strokes start on one grid for all holes, so that they stand still while time goes on.
    for (let x = Math.floor((left - bbox.height) / step) * step; x < right; x += step) {
      ctx.moveTo(x, bottom)
      ctx.lineTo(x + bbox.height, bbox.top)
    }
    ctx.strokeStyle = colour
    ctx.lineWidth = ratio
    ctx.globalAlpha = 0.55
    ctx.stroke()
    ctx.restore()
  }
}
