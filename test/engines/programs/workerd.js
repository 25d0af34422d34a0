// workerd: answers commands that are posted to it.
import { task } from "./task.js";

export default {
  async fetch(request) {
    try {
      return Response.json({ result: task(await request.json()), facts: {} });
    } catch (error) {
      return Response.json({ error: String(error?.stack ?? error) });
    }
  },
};
