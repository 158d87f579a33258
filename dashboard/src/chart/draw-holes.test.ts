import { describe, expect, it } from 'vitest'
import { drawHoles } from './draw-holes.ts'

/** A canvas of 100 × 20 that stands for 100 s, and notes what is drawn. */
function canvas() {
  const clips: number[][] = []
  const strokes: number[] = []
  const ctx = {
    save: () => {},
    restore: () => {},
    beginPath: () => {},
    clip: () => {},
    stroke: () => {},
    rect: (...box: number[]) => clips.push(box),
    moveTo: (x: number) => strokes.push(x),
    lineTo: () => {},
  }
  const plot = {
    ctx: ctx as unknown as CanvasRenderingContext2D,
    bbox: { left: 10, top: 5, width: 100, height: 20 },
    valToPos: (seconds: number) => 10 + seconds,
  }
  const draw = (...holes: { from: number; to: number }[]) => drawHoles(plot, holes, 'grey')
  return { draw, clips, strokes }
}

describe('drawHoles', () => {
  it('hatches each hole, and nothing beside it', () => {
    const { draw, clips, strokes } = canvas()
    draw({ from: 20_000, to: 40_000 }, { from: 60_000, to: 70_000 })
    expect(clips).toEqual([
      [30, 5, 20, 20],
      [70, 5, 10, 20],
    ])
    expect(strokes.length).toBeGreaterThan(4)
  })

  it('stays within the plot', () => {
    const { draw, clips } = canvas()
    draw({ from: -50_000, to: 10_000 }, { from: 95_000, to: 200_000 }, { from: 300_000, to: 400_000 })
    expect(clips).toEqual([
      [10, 5, 10, 20],
      [105, 5, 5, 20],
    ])
  })

  it('keeps its strokes on one grid while a hole grows', () => {
    const [short, long] = [canvas(), canvas()]
    short.draw({ from: 20_000, to: 30_000 })
    long.draw({ from: 20_000, to: 60_000 })
    expect(long.strokes.slice(0, short.strokes.length)).toEqual(short.strokes)
  })
})
