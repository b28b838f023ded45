// The editor of "clusterpress edit".
import { begin } from "./app.js";

begin();
