// What the keeper thinks of every shot there could be, and the last shots.

const BLUE = [90, 140, 220];
const ORANGE = [240, 150, 60];

/** One pixel a shot: one call for all of them. */
export function draw(canvas, keeper, { shots, corners }) {
  const { width, height } = canvas;
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  const grid = new Float64Array(2 * width * height);
  for (let i = 0; i < width * height; i++) {
    grid[2 * i] = (2 * ((i % width) + 0.5)) / width - 1;
    grid[2 * i + 1] = (2 * (Math.floor(i / width) + 0.5)) / height - 1;
  }
  const right = new Float64Array(width * height).fill(0.5);
  keeper?.predictInto(grid, right);
  right.forEach((p, i) => {
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = (1 - p) * BLUE[c] + p * ORANGE[c];
    image.data[4 * i + 3] = 160;
  });
  context.putImageData(image, 0, 0);
  shots.slice(-40).forEach(([x, y], i) => {
    context.fillStyle = `rgb(${corners.slice(-40)[i] === "right" ? ORANGE : BLUE})`;
    context.fillRect(Math.floor(((x + 1) / 2) * width), Math.floor(((y + 1) / 2) * height), 1, 1);
  });
}
