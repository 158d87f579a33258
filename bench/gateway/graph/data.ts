/** A user, as accounts knows it. */
export interface User {
  readonly id: string
  readonly name: string
  readonly username: string
  readonly birthday: number
}

/** A product, as products and inventory know it together. */
export interface Product {
  readonly upc: string
  readonly name: string
  readonly price: number
  readonly weight: number
  readonly inStock: boolean
}

/** A review of a product. */
export interface Review {
  readonly id: string
  readonly body: string
  readonly upc: string
}

const names = [
  ['Ingrid Solberg', 'ingri'],
  ['Mateo Rojas', 'mateorojas'],
  ['Amara Okonkwo', 'amaraokonkwo'],
  ['Yuki Hashimoto', 'yukihas'],
  ['Paolo Conti', 'paoloconti'],
  ['Freya Lunden', 'freyal'],
] as const

/** Six. */
export const users: readonly User[] = names.map(([name, username], index) => ({
  id: String(index + 1),
  name,
  username,
  birthday: 987654321,
}))

const goods = [
  ['Shelf', 879, 140, true],
  ['Bench', 1249, 1200, false],
  ['Plate', 25, 30, false],
  ['Stool', 459, 120, false],
  ['PC', 1149, 1500, true],
  ['Desk', 5999, 400, true],
  ['Clock', 2999, 2500, true],
  ['Heater', 120000, 7000, false],
  ['Oven', 8999, 900, true],
] as const

/** Nine. */
export const products: readonly Product[] = goods.map(([name, price, weight, inStock], index) => ({
  upc: String(index + 1),
  name,
  price,
  weight,
  inStock,
}))

const words = `It came on a Tuesday in a box that two of us could carry, and it stood in the hall until Friday because nobody \
had read that the screws are sold apart. Once it was up it stayed up. The wood smells of wood, the edges are round enough for a \
house with children, and the colour is the one of the picture, which I did not expect. After a winter beside the radiator it \
creaks a little in the evening, no more than we do. My neighbour has the larger one and says the same. I would buy it again, \
though perhaps in the spring, when the van is less full and the people who bring it have time for a cup of coffee. What I miss \
is a second set of feet for an uneven floor; folded paper does it at home, as it has done for every piece of furniture that \
this family ever owned. Five stars for the thing itself and three for the leaflet, whose last page shows a tool that none of \
our friends could name.`

/** Product and length of each review; the lengths are what makes the big answer as big as it is. */
const lengths = [
  ['1', 445],
  ['1', 289],
  ['1', 275],
  ['1', 143],
  ['2', 445],
  ['2', 289],
  ['2', 275],
  ['2', 143],
  ['3', 143],
  ['4', 143],
  ['4', 844],
] as const

/** Eleven, of the first four products. */
export const reviews: readonly Review[] = lengths.map(([upc, length], index) => ({
  id: String(index + 1),
  body: words.slice(0, length),
  upc,
}))
