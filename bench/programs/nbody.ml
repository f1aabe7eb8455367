type p = { mutable x: float; mutable y: float; mutable z: float; mutable vx: float; mutable vy: float; mutable vz: float; m: float }
let bodies = Array.init 5 (fun i -> let f = float (i+1) in { x = f; y = f *. 1.3 ; z = 0.2 *. f; vx = 0.01 *. f; vy = 0.02; vz = -0.01; m = 1. /. f })
let advance dt =
  for i = 0 to 4 do
    let b = bodies.(i) in
    for j = i+1 to 4 do
      let c = bodies.(j) in
      let dx = b.x -. c.x and dy = b.y -. c.y and dz = b.z -. c.z in
      let d2 = dx *. dx +. dy *. dy +. dz *. dz +. 0.01 in
      let mag = dt /. (d2 *. sqrt d2) in
      b.vx <- b.vx -. dx *. c.m *. mag; b.vy <- b.vy -. dy *. c.m *. mag; b.vz <- b.vz -. dz *. c.m *. mag;
      c.vx <- c.vx +. dx *. b.m *. mag; c.vy <- c.vy +. dy *. b.m *. mag; c.vz <- c.vz +. dz *. b.m *. mag
    done
  done;
  Array.iter (fun b -> b.x <- b.x +. dt *. b.vx; b.y <- b.y +. dt *. b.vy; b.z <- b.z +. dt *. b.vz) bodies
let () = for _ = 1 to 2_000_000 do advance 0.001 done; Printf.printf "%.6f %.6f\n" bodies.(0).x bodies.(4).vz
