// A chat room on socket.io as its manual shows it: every member gets what one of them sends. Usage: socketio_room.mjs PORT
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http, { transports: ["websocket"] });
io.on("connection", (socket) => {
  socket.join("room");
  socket.on("post", (text) => io.to("room").emit("posted", text));
});
http.listen(Number(process.argv[2]), "127.0.0.1");
